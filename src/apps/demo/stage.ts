import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Lifetime } from '../lifetime.js';
import type { ApiClient } from './api-client.js';
import type { Printer } from './printer.js';
import type { Walls } from './walls.js';

/** Everything that a chapter of the story may use: the API as a stranger, and the public side of the networks. */
export interface Stage {
  readonly printer: Printer;
  readonly api: ApiClient;
  readonly walls: Walls;
  /** Where the two communities are founded and their keys handed out; posting goes through the API alone. */
  readonly sandbox: Sandbox;
  readonly life: Lifetime;
}

/** A person with a login. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly api: ApiClient;
}
