export { actorForToken, ctxForUser, forgetPerson, resetActors } from './actors';
export { actorForSession, sessionCookieFor } from './session';
