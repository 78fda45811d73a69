/** A version that answers: the one in force, and older ones until their sunset. */
export const LIVING = ['active', 'deprecated'];
/** A change that is not in force yet. */
export const OPEN = ['proposed', 'activating'];
