// The bugs that somebody could make tomorrow, each planted into the real source and caught by the level that is named.
// docs/planted-bugs.md tells what they are; test/architecture/planted.spec.ts holds the list to the source.
import { CONTENT } from './content.mjs';
import { NETWORK } from './network.mjs';
import { QUEUE } from './queue.mjs';
import { SENDING } from './sending.mjs';
import { TENANCY } from './tenancy.mjs';

/**
 * @typedef {object} Edit
 * @property {string} file
 * @property {string} find must stand in the file exactly once: the list has to follow the source
 * @property {string} replace
 *
 * @typedef {object} Bug
 * @property {string} name
 * @property {string} bug what it is, in a sentence
 * @property {'simulation' | 'conformance' | 'contract' | 'journey' | 'isolation' | 'platform' | 'unit'} level
 * @property {string} [suite] the test file that must fail; the simulation has none
 * @property {string | RegExp} alarm part of the title of the test that must fail, or of the promise that the simulation finds broken
 * @property {readonly Edit[]} edits
 */

/** @type {readonly Bug[]} */
export const BUGS = [...SENDING, ...NETWORK, ...QUEUE, ...TENANCY, ...CONTENT];
