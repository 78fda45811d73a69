/** A change that is not in force yet. */
export const OPEN = ['proposed', 'activating'];
