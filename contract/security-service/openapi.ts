// The OpenAPI document of the security service, generated from its contract and from nothing else.
import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { securityService } from '../security-service.ts';
import { Problem } from './problem.ts';

const PROBLEM_REF = { $ref: '#/components/schemas/Problem' };

export function openApiDocument(): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(securityService, {
    info: { title: 'Keyline security service', version: '1' },
    commonSchemas: { Problem: { schema: Problem } },
    customErrorResponseBodySchema: () => PROBLEM_REF,
  });
}
