import { defineError } from '../../../platform/errors/domain-error.js';

export const CalendarFeedNotFound = defineError(
  'fulfilment.calendar-feed-not-found',
  'notFound',
  'There is no such calendar feed, or it was revoked',
);
export const FeedPersonNeeded = defineError(
  'fulfilment.feed-person-needed',
  'forbidden',
  'Calendar feeds belong to people: a link made with an API key would see what its member sees, and outlive the key',
);
