/**
 * Has fengari empty the places of its stack that it gives up, and not delete them: an array with holes
 * is a slow one for V8, and a script gives up places with each of its calls.
 * @param text of one of fengari's files
 */
export function keepPlaces(text: string): string {
  return text.replace(/\bdelete (\w+\.stack\[[^\]]+\])/g, '$1 = undefined');
}
