/** Logins are compared in this form: compatibility-composed, trimmed, lower case. */
export const normaliseLogin = (login: string): string => login.normalize('NFKC').trim().toLowerCase();
