/** The bell's query. */
export const UNREAD_KEY = ['inbox', 'unread'];
