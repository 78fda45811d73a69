const WORDS: Record<string, string> = {
  CredentialsSignin: 'The e-mail address or the password is not right.',
  OAuthSignin: 'The identity provider cannot be reached. Try again, or ask a platform admin.',
  OAuthCallback: 'Signing in at the identity provider did not work. Try again.',
  Callback: 'Signing in at the identity provider did not work. Try again.',
  AccessDenied: 'The identity provider did not let you in.',
  SessionRequired: 'Sign in to go on.',
  Configuration: 'Sign-in is not set up correctly. Ask a platform admin to look at the log.',
};

/** next-auth's error code, or a refusal's own words, as one sentence. */
export function signInErrorText(error: string): string {
  const limited = /^RateLimited-(\d+)$/.exec(error);
  if (limited) {
    const minutes = Math.max(1, Math.ceil(Number(limited[1]) / 60));
    const unit = minutes === 1 ? 'minute' : 'minutes';
    return `Too many attempts to sign in. Try again in ${minutes} ${unit}.`;
  }
  // Refusals are whole sentences; codes are one word. Links of others could hold any text.
  if (WORDS[error]) return WORDS[error];
  return OWN_WORDS.find((words) => words === error) ?? 'Signing in did not work. Try again.';
}

/** The sentences that lib/auth refuses an identity with. */
const OWN_WORDS = [
  'Your identity provider sent no usable e-mail address.',
  'Your identity provider has not verified your e-mail address. Verify it there.',
  'This account is disabled. Ask a platform admin.',
];
