import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { describeErrors } from './openapi-errors.js';
import { toOpenApi31 } from './openapi-31.js';
import { addWebhooks } from './openapi-webhooks.js';

const DESCRIPTION = `Backend for contractor agencies that run the official pages of Russian public bodies.

Times are instants in UTC (ISO 8601); where people plan, the wall time and its IANA zone stand beside them. Money is whole kopecks.
Lists are newest first: pass \`nextCursor\` as \`cursor\` to go on. Errors are \`application/problem+json\` with a stable \`code\`.`;

/** The OpenAPI 3.1 document of the running routes. */
export function openApiDocument(app: NestFastifyApplication, publicUrl: string): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Vestnik')
    .setVersion('1')
    .setDescription(DESCRIPTION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer(publicUrl)
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The `accessToken` of a log-in' },
      'accessToken',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'A key of an integration' }, 'apiKey')
    .build();
  const operationIdFactory = (controller: string, method: string) => operationId(controller, method);
  const document = SwaggerModule.createDocument(app, builder, { operationIdFactory });
  return addWebhooks(describeErrors(toOpenApi31(document)));
}

/** Serves the document and its pages at /docs, without any outside asset. */
export function serveDocs(app: NestFastifyApplication, publicUrl: string): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app, publicUrl), { jsonDocumentUrl: 'docs/openapi.json' });
}

/** `ClientsController.list` → `clientsList`. */
function operationId(controller: string, method: string): string {
  const base = controller.replace(/Controller$/, '');
  return base.charAt(0).toLowerCase() + base.slice(1) + method.charAt(0).toUpperCase() + method.slice(1);
}
