import * as v from 'valibot';
import { parse } from 'yaml';

/** @throws Error whose message is one line */
export function parseYaml(source: string): unknown {
  try {
    return parse(source);
  } catch (error) {
    throw new Error(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'not YAML');
  }
}

/** @throws Error that names the first field that is wrong */
export function strictly<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const fields = v.safeParse(schema, value);
  if (fields.success) return fields.output;
  const [issue] = fields.issues;
  throw new Error(`field "${v.getDotPath(issue) ?? ''}": ${issue.message}`);
}
