import { endOfDay, startOfDay } from '../moscow-days.js';
import type { OkCall } from './ok.call.js';
import type { OkGroup, OkTopic } from './ok.model.js';
import { DAY_COUNTERS, TOPIC_COUNTERS, type OkCounters } from './ok.numbers.js';
import { badParam, notFound, permissionDenied } from './ok.refusals.js';
import { hasAppeared } from './mediatopic.reading.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const PERIOD_DAYS: Record<string, number> = { DAY: 1, WEEK: 7, MONTH: 30 };
const OVERVIEW = ['reach', 'engagement', 'feedback'] as const;
const TOPIC_FACTS = ['id', 'created_ms'];

export function getStatTopic(call: OkCall): unknown {
  call.assertGranted('GROUP_CONTENT');
  const topic = call.state.findTopic(call.required('topic_id'));
  if (!topic || !hasAppeared(call, topic)) throw notFound('topic');
  assertAdmin(call, groupOf(call, topic));
  return { topic: topicView(call, topic, wantedOf(call, [...TOPIC_FACTS, ...TOPIC_COUNTERS])) };
}

/** Newest first; topics that only their author sees are absent. */
export function getStatTopics(call: OkCall): unknown {
  const group = managed(call);
  const [from, to] = [instant(call, 'start_time', 0), instant(call, 'end_time', call.at.getTime())];
  const topics = call.state
    .topicsOf(group.id)
    .filter((topic) => !topic.deleted && !topic.hidden && hasAppeared(call, topic))
    .filter(({ createdAt }) => createdAt.getTime() >= from && createdAt.getTime() <= to)
    .sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime());
  const anchor = call.text('anchor');
  const start = Math.max(
    0,
    topics.findIndex(({ id }) => id === anchor),
  );
  const page = topics.slice(start, start + call.count('count', 20, 100));
  const next = topics[start + page.length];
  const wanted = wantedOf(call, [...TOPIC_FACTS, ...TOPIC_COUNTERS]);
  return { topics: page.map((topic) => topicView(call, topic, wanted)), has_more: !!next, ...(next && { anchor: next.id }) };
}

/** Each counter with a value a day; days without numbers are absent. */
export function getStatTrends(call: OkCall): unknown {
  const group = managed(call);
  const [from, to] = [instant(call, 'start_time', 0), instant(call, 'end_time', call.at.getTime())];
  const days = call.state.numbers
    .daysOf(group.id)
    .filter(([day]) => endOfDay(day).getTime() >= from && startOfDay(day).getTime() <= Math.min(to, call.at.getTime()));
  const series = wantedOf(call, DAY_COUNTERS).map((name): [string, unknown[]] => [
    name,
    days.flatMap(([day, counters]) => {
      const value = counters[name];
      return value === undefined ? [] : [{ time: startOfDay(day).getTime(), value }];
    }),
  ]);
  return Object.fromEntries(series);
}

/** The last full period and the one before. People are added up over the days, which the real network does not do. */
export function getStatOverview(call: OkCall): unknown {
  const group = managed(call);
  const length = (PERIOD_DAYS[call.text('period') || 'WEEK'] ?? 0) * DAY_MS;
  if (length === 0) throw badParam('period is invalid');
  const end = Math.floor(call.at.getTime() / DAY_MS) * DAY_MS;
  const between = (from: number, to: number): OkCounters[] =>
    call.state.numbers
      .daysOf(group.id)
      .filter(([day]) => startOfDay(day).getTime() >= from && startOfDay(day).getTime() < to)
      .map(([, counters]) => counters);
  const sum = (days: readonly OkCounters[], name: string): number =>
    days.reduce((total, counters) => total + (counters[name] ?? 0), 0);
  const [now, before] = [between(end - length, end), between(end - 2 * length, end - length)];
  const counted = OVERVIEW.flatMap((name) => [
    [name, sum(now, name)],
    [`${name}_prev`, sum(before, name)],
  ]);
  return { ...Object.fromEntries(counted), start_time_ms: end - length, end_time_ms: end };
}

export function getCounters(call: OkCall): unknown {
  const group = call.group('group_id');
  const themes = call.state.topicsOf(group.id).filter(({ deleted }) => !deleted);
  const known: Record<string, number> = {
    members: Number(group.profile.members_count ?? group.members.size),
    themes: themes.filter((topic) => hasAppeared(call, topic)).length,
    delayed_topics: themes.filter(({ state }) => state === 'delayed').length,
    suggested_topics: themes.filter(({ state }) => state === 'suggested').length,
    pinned_topics: group.pinnedTopicId === null ? 0 : 1,
  };
  const wanted = call.list('counterTypes').map((name) => name.toLowerCase());
  return { counters: Object.fromEntries(Object.entries(known).filter(([name]) => wanted.includes(name))) };
}

/** Statistics are for a group's administrators; moderators are refused. */
function assertAdmin(call: OkCall, group: OkGroup): void {
  if (group.members.get(call.token.userId) !== 'ADMIN') throw permissionDenied('Statistics are for administrators');
}

function managed(call: OkCall): OkGroup {
  call.assertGranted('GROUP_CONTENT');
  const group = call.group();
  assertAdmin(call, group);
  return group;
}

function groupOf(call: OkCall, topic: OkTopic): OkGroup {
  const group = call.state.groups.get(topic.groupId);
  if (!group) throw notFound('group');
  return group;
}

function topicView(call: OkCall, topic: OkTopic, wanted: readonly string[]): Record<string, unknown> {
  const counters = call.state.numbers.ofTopic(topic.id);
  const facts: Record<string, unknown> = { id: topic.id, created_ms: topic.createdAt.getTime() };
  return Object.fromEntries(wanted.map((name) => [name, facts[name] ?? counters[name] ?? 0]));
}

function wantedOf(call: OkCall, all: readonly string[]): readonly string[] {
  const fields = call.list('fields').map((field) => field.toLowerCase());
  return fields.length === 0 ? all : all.filter((name) => fields.includes(name));
}

function instant(call: OkCall, name: string, standard: number): number {
  const raw = call.text(name);
  if (raw === '') return standard;
  if (!/^\d{1,15}$/.test(raw)) throw badParam(`${name} should be a time in milliseconds`);
  return Number(raw);
}
