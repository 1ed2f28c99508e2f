/** Why a setting cannot have a value, in the words of Redis where it has some. */
export class SettingFault extends Error {
  override name = 'SettingFault';
}
