// A worker process that takes jobs and never finishes one. It says "ready", then the word of each job it starts.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsString, IsUUID } from 'class-validator';
import { DatabaseModule } from '../../dist/src/platform/database/database.module.js';
import { Ids, SystemIds } from '../../dist/src/platform/ids/ids.js';
import { HandlesJob } from '../../dist/src/platform/queue/handler.js';
import { defineJob } from '../../dist/src/platform/queue/job.js';
import { QueueModule } from '../../dist/src/platform/queue/queue.module.js';

const { QUEUE, PREFIX, APP, SYSTEM } = process.env;

class Note {}
IsUUID()(Note.prototype, 'contractorId');
IsString()(Note.prototype, 'word');
const work = defineJob({ name: 'notes.work', payload: Note, policy: { attempts: 1, backoffMs: 10, timeoutMs: 60_000 } });

class Hanging {
  run({ word }) {
    process.stdout.write(`${word}\n`);
    return new Promise(() => {});
  }
}
HandlesJob(work)(Hanging);

const ids = { module: class IdsModule {}, global: true, providers: [{ provide: Ids, useClass: SystemIds }], exports: [Ids] };
const pools = {
  databaseUrl: APP,
  databaseSystemUrl: SYSTEM,
  poolSize: 3,
  statementTimeoutMs: 10_000,
  connectionTimeoutMs: 2_000,
};
const settings = { queueUrl: QUEUE, prefix: PREFIX, databaseSystemUrl: SYSTEM };
class Victim {}
Module({ imports: [ids, DatabaseModule.forRoot(pools, []), QueueModule.forWorker(settings, [work])], providers: [Hanging] })(
  Victim,
);

await NestFactory.createApplicationContext(Victim, { logger: false });
process.stdout.write('ready\n');
