// The browser's early word on a new password; the server decides. Pure.

/** The server's minimum; said here so a person hears it before sending. */
export const PASSWORD_CHARS_MIN = 12;

/** The locale key of what is wrong with a new password, or null. */
export function passwordTrouble(password: string, again: string): string | null {
  if (password.length < PASSWORD_CHARS_MIN) return "entry.passwordShort";
  if (again !== password) return "entry.passwordDiffers";
  return null;
}
