import { Callout } from './callout';

/** What a refused form has to say as a whole; nothing when its fields say it all. */
export function FormMessage({ message }: { message: string | null }) {
  if (!message) return null;
  return (
    <div role="alert">
      <Callout tone="error">{message}</Callout>
    </div>
  );
}
