import 'reflect-metadata';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  allPermissions,
  definePermissions,
  isAboutWholeContractor,
  permissionsOf,
  Public,
  PUBLIC_ROUTE,
  REQUIRED_PERMISSION,
  Requires,
  rolesWith,
} from './access.js';

describe('permissions', () => {
  beforeAll(() => {
    definePermissions({ 'trees.plant': ['gardener', 'owner'], 'trees.fell': ['owner'] });
    definePermissions({ 'trees.sell': ['owner'] }, 'wholeContractor');
  });

  it('are those of all definitions that name the role', () => {
    expect([...permissionsOf('gardener')]).toEqual(['trees.plant']);
    expect([...permissionsOf('owner')].sort()).toEqual(['trees.fell', 'trees.plant', 'trees.sell']);
    expect(permissionsOf('stranger').size).toBe(0);
  });

  it('know their roles, and nobody has one that is not defined', () => {
    expect(rolesWith('trees.plant')).toEqual(['gardener', 'owner']);
    expect(rolesWith('trees.burn')).toEqual([]);
  });

  it('are listed in order', () => {
    expect(allPermissions()).toEqual(['trees.fell', 'trees.plant', 'trees.sell']);
  });

  it('are about clients unless it is said that they are about the whole contractor', () => {
    expect(['trees.plant', 'trees.sell'].map(isAboutWholeContractor)).toEqual([false, true]);
  });

  it('are defined once', () => {
    expect(() => definePermissions({ 'trees.fell': ['gardener'] })).toThrow('trees.fell is defined twice');
    expect(rolesWith('trees.fell')).toEqual(['owner']);
  });

  it('stand on the routes that need them', () => {
    class Garden {
      plant(): void {}
      look(): void {}
    }
    const on = (name: 'plant' | 'look') => Object.getOwnPropertyDescriptor(Garden.prototype, name)!;
    Requires('trees.plant')(Garden.prototype, 'plant', on('plant'));
    Public()(Garden.prototype, 'look', on('look'));
    expect(Reflect.getMetadata(REQUIRED_PERMISSION, Garden.prototype.plant)).toBe('trees.plant');
    expect(Reflect.getMetadata(PUBLIC_ROUTE, Garden.prototype.look)).toBe(true);
  });
});
