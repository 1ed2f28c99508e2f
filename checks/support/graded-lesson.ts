import type { Graded } from '../../runner/course/grading';
import type { Lesson } from '../../runner/course/lesson';
import type { Evidence, Finding, PartVerdict } from '../../runner/grading/verdict';

/** A lesson, as far as a report wants to know it. */
export const basicOperations: Lesson = {
  course: 'queuing',
  number: 2,
  id: 'basic-operations',
  title: 'Basic operations',
  files: ['1-redis_op'],
  kinds: { '1-redis_op': 'program' },
  beside: [],
  names: [],
  twins: [],
  level: 'mandatory',
  minutes: 20,
  words: [],
  hints: [{ text: 'One.' }, { text: 'Two.' }],
  text: '',
  folder: '',
};

/** What a run showed, by the parts that a test is about. */
export function evidence(parts: Partial<Evidence> = {}): Evidence {
  return { output: [], wire: [], http: [], keys: [], ...parts };
}

/** A lesson whose one file failed, or passed where there is no finding. */
export function gradedLesson(
  file: string,
  finding: Finding | undefined,
  seen: Evidence,
  more: { lesson?: Partial<Lesson>; advice?: string[]; name?: string } = {},
): Graded {
  const verdict = finding ? 'failed' : 'passed';
  const part: PartVerdict = {
    file: more.name ?? '1-redis_op.ts',
    verdict,
    ...(finding ? { finding } : {}),
    evidence: seen,
  };
  return {
    lesson: { ...basicOperations, ...more.lesson },
    files: [file],
    fingerprint: '',
    verdict: {
      verdict,
      ...(finding ? { finding } : {}),
      advice: more.advice ?? [],
      parts: [part],
      isolation: 'guard',
      ms: 312,
    },
  };
}

/** Texts that a program could write to harm whoever reads a report of it. */
export const hostile = [
  '</script><script>window.harmed=1</script>',
  '"><img src=x onerror="window.harmed=1">',
  "' onmouseover='window.harmed=1",
  '</code></pre></samp></details><h1>All passed</h1>',
  '</style><style>body{display:none}</style>',
  '<!-- <svg onload=window.harmed=1>',
  ']]><b>',
  '&lt;b&gt; &amp; &#60;',
  '$\x7bwindow.harmed=1} `window.harmed=1`',
  '\x1b[2J\x1b]0;title\x07\x00\x08\x9b31m',
  'admin\u202egnp.exe\u2066 \u200b\u00a0\u2028',
  '\ud800 lone',
  'http://example.com/x.css',
];
