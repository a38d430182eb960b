/** What webhooks take from the configuration; also the injection token. */
export class WebhookSettings {
  /** `WEBHOOK_HOSTS`: hosts that may be private. */
  readonly openHosts: readonly string[];
}
