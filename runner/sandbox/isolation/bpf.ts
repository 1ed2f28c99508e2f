/*
 * A small assembler for the filters that Linux runs over each system call: classic BPF, over the
 * struct seccomp_data. https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html
 * Codes: linux/bpf_common.h and linux/filter.h.
 */

/** One step. A jump names the label at which it goes on; where none is named, with the next step. */
export type Step =
  | { load: number }
  | { if: 'equal' | 'at least' | 'any bit of'; value: number; yes?: string; no?: string }
  | { label: string }
  | { give: number };

const codes = { equal: 0x15, 'at least': 0x35, 'any bit of': 0x45 };
const loadWord = 0x20;
const giveConstant = 0x06;

/** A jump skips so many steps at most: it has a byte for their number. */
const farthest = 255;

/**
 * @param steps jumps lead forward only
 * @returns an array of struct sock_filter, for a processor with the low byte first
 * @throws Error where a label is missing or too far away
 */
export function assemble(steps: readonly Step[]): Buffer {
  const labels = new Map<string, number>();
  let length = 0;
  for (const step of steps) {
    if ('label' in step) labels.set(step.label, length);
    else length += 1;
  }
  const bytes = Buffer.alloc(8 * length);
  let at = 0;
  const distance = (label: string | undefined) => {
    if (label === undefined) return 0;
    const steps = (labels.get(label) ?? Number.NaN) - at - 1;
    if (steps >= 0 && steps <= farthest) return steps;
    throw new Error(`No jump from step ${at} reaches “${label}”.`);
  };
  for (const step of steps) {
    if ('label' in step) continue;
    const [code, yes, no, value] =
      'load' in step
        ? [loadWord, 0, 0, step.load]
        : 'give' in step
          ? [giveConstant, 0, 0, step.give]
          : [codes[step.if], distance(step.yes), distance(step.no), step.value];
    bytes.writeUInt16LE(code, 8 * at);
    bytes.writeUInt8(yes, 8 * at + 2);
    bytes.writeUInt8(no, 8 * at + 3);
    bytes.writeUInt32LE(value, 8 * at + 4);
    at += 1;
  }
  return bytes;
}
