/** The error's text for a number. */
export function blacklistedText(phoneNumber: string): string {
  return `Phone number ${phoneNumber} is blacklisted`;
}
