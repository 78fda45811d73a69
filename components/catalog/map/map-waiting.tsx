export function MapWaiting() {
  return (
    <p role="status" className="flex h-[60vh] min-h-80 items-center justify-center text-muted">
      Loading the map…
    </p>
  );
}
