import type { Engine } from './engine';
export class Scripts {
  constructor(readonly engine: Engine) {}
  close(): void {}
}
