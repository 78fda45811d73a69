import { ButtonLink } from '@/components/ui/button';

/** What stands at an address where nothing is. */
export function OffChart() {
  return (
    <div className="mx-auto max-w-md py-10 text-center">
      <p className="font-mono text-sm text-accent-ink">404</p>
      <h1 className="mt-2 text-3xl font-semibold tracking-tight">Off the chart</h1>
      <p className="mt-2 text-lg text-muted">
        Nothing lies at this address, or it is not yours to see. A product may have been renamed or
        retired; the catalogue knows what there is.
      </p>
      <div className="mt-6 flex flex-wrap justify-center gap-2">
        <ButtonLink href="/catalog" variant="primary">
          Open the catalogue
        </ButtonLink>
        <ButtonLink href="/">Go home</ButtonLink>
      </div>
    </div>
  );
}
