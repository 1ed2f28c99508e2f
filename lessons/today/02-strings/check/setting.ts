/** A command that stores a value under a key. */
export interface Setting {
  words: string[];
  name: string;
  key: string;
  value: string;
  /** Whether it leaves a key as it is that is there already. */
  isNew: boolean;
  /** For how long the key is to be there; as a moment in time, it is not known. */
  seconds: number | 'until' | undefined;
}

/** What a command stores; nothing where it is another kind of command. */
export function settingOf(words: string[]): Setting[] {
  const [name = '', key = '', second = '', ...rest] = words;
  if (name === 'SET') {
    const options = rest.map((word) => word.toUpperCase());
    return [
      {
        ...{ words, name, key, value: second },
        isNew: options.includes('NX'),
        seconds: secondsIn(options),
      },
    ];
  }
  if (name === 'SETNX') {
    return [{ words, name, key, value: second, isNew: true, seconds: undefined }];
  }
  if (name !== 'SETEX' && name !== 'PSETEX') return [];
  const seconds = Number(second) / (name === 'SETEX' ? 1 : 1000);
  return [{ words, name, key, value: rest[0] ?? '', isNew: false, seconds }];
}

function secondsIn(options: readonly string[]): Setting['seconds'] {
  const after = (option: string) => Number(options[options.indexOf(option) + 1]);
  if (options.includes('EX')) return after('EX');
  if (options.includes('PX')) return after('PX') / 1000;
  return options.includes('EXAT') || options.includes('PXAT') ? 'until' : undefined;
}
