import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { placeIn } from './plain-name';
import { SubmissionRefusal } from './refusal';
import { type Submission, tooLarge } from './submission';

/**
 * A submission as one piece to send: JSON, compressed. It has names and bytes and nothing else, so no
 * owner, no mode, no link and no device can come out of it again.
 * @throws SubmissionRefusal if it is larger than 5 MB
 */
export function pack({ files, folders }: Submission): Buffer {
  const packed = gzipSync(
    JSON.stringify({
      version: 1,
      folders,
      files: files.map(({ name, content }) => ({ name, ...written(content) })),
    }),
  );
  if (packed.length > mostPacked) {
    const [largest] = [...files].sort((one, other) => other.content.length - one.content.length);
    throw tooLarge(largest?.name ?? '', largest?.content.length ?? 0);
  }
  return packed;
}

/**
 * Lays a packed submission out in an empty folder. Nothing is ever written outside of it or over
 * anything.
 * @throws SubmissionRefusal for what no {@link pack} has made
 */
export function unpack(packed: Uint8Array, folder: string): void {
  const { folders, files } = contentsOf(packed);
  for (const name of folders) fs.mkdirSync(expectedPlace(folder, name), { recursive: true });
  for (const { name, content } of files) {
    const file = expectedPlace(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content, { flag: 'wx' });
  }
}

/** Most bytes of one packed submission. */
const mostPacked = 5 * 1024 * 1024;

/** Most bytes that come out of one: more than any folder that was read may hold. */
const mostUnpacked = 64 * 1024 * 1024;

const packedSchema = v.strictObject({
  version: v.literal(1),
  folders: v.array(v.string()),
  files: v.array(
    v.union([
      v.pipe(
        v.strictObject({ name: v.string(), text: v.string() }),
        v.transform(({ name, text }) => ({ name, content: Buffer.from(text) })),
      ),
      v.pipe(
        v.strictObject({ name: v.string(), base64: v.pipe(v.string(), v.base64()) }),
        v.transform(({ name, base64 }) => ({ name, content: Buffer.from(base64, 'base64') })),
      ),
    ]),
  ),
});

function contentsOf(packed: Uint8Array): v.InferOutput<typeof packedSchema> {
  try {
    const text = gunzipSync(packed, { maxOutputLength: mostUnpacked }).toString();
    return v.parse(packedSchema, JSON.parse(text));
  } catch {
    throw broken();
  }
}

/** Text stays text: it packs better, and most files are. */
function written(content: Buffer): { text: string } | { base64: string } {
  const text = content.toString();
  return Buffer.from(text).equals(content) ? { text } : { base64: content.toString('base64') };
}

/** @throws SubmissionRefusal for a name that leads out of the folder */
function expectedPlace(folder: string, name: string): string {
  const place = placeIn(folder, name);
  if (place === undefined) throw broken();
  return place;
}

function broken(): SubmissionRefusal {
  return new SubmissionRefusal(
    'What arrived is not a submission that the workbook packed.',
    'Grade the class again with one version of the workbook on all machines.',
  );
}
