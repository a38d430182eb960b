import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { TenancyModule } from '../../tenancy/tenancy.module.js';
import { EndpointCare } from './endpoint-care.service.js';
import { WebhookEndpointCareController } from './endpoint-care.controller.js';
import { EndpointChecks } from './endpoint-checks.service.js';
import { EndpointRecords } from './endpoint-records.service.js';
import { EndpointSecrets } from './endpoint-secrets.service.js';
import { EndpointStore } from './endpoint.store.js';
import { WebhookEndpointsController } from './endpoints.controller.js';
import { EndpointsService } from './endpoints.service.js';
import { SecretStore } from './secret.store.js';
import { WebhookSettings } from './webhooks.settings.js';

@Module({
  imports: [AuditModule],
  providers: [EndpointRecords, EndpointSecrets, EndpointStore, SecretStore],
  exports: [EndpointRecords, EndpointSecrets, EndpointStore],
})
export class WebhookEndpointsModule {}

@Module({})
export class WebhookEndpointsApi {
  static with(settings: WebhookSettings): DynamicModule {
    return {
      module: WebhookEndpointsApi,
      imports: [WebhookEndpointsModule, TenancyModule],
      controllers: [WebhookEndpointsController, WebhookEndpointCareController],
      providers: [{ provide: WebhookSettings, useValue: settings }, EndpointsService, EndpointCare, EndpointChecks],
    };
  }
}
