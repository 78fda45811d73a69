import { type Cases, filter, none, product, tomorrow } from './shared';

const asked = { purpose: 'analytics', days: 30 };

export const access = {
  cases: {
    'access/accessCart': none,
    'access/accessInbox': filter,
    'access/addToCart': ({ ids }) => [{ productId: ids.salaries }],
    'access/answerItem': ({ ids }) => [{ itemId: ids.asked, note: 'an answer' }],
    'access/autoApproval': product,
    'access/changeGrant': ({ ids }) => [{ grantId: ids.grant, note: 'narrower' }],
    'access/decideElevation': ({ ids }) => [{ elevationId: ids.elevation, decision: 'refuse' }],
    'access/decideItem': ({ ids }) => [
      { decision: 'ask', itemId: ids.waiting, note: 'a question' },
    ],
    'access/endDeputy': none,
    'access/endElevation': ({ ids }) => [{ elevationId: ids.elevation }],
    'access/getRequestItem': ({ ids }) => [ids.waiting],
    'access/listElevations': none,
    'access/myData': none,
    'access/myRequests': filter,
    'access/previewRequest': ({ ids }) => [{ productIds: [ids.salaries], ...asked }],
    'access/removeFromCart': ({ ids }) => [{ productId: ids.salaries }],
    'access/renewAccess': ({ ids }) => [{ grantId: ids.heldGrant, days: 30, note: 'it goes on' }],
    'access/requestAccess': ({ ids }) => [
      { productIds: [ids.salaries], ...asked, note: 'my own words' },
    ],
    'access/requestElevation': ({ ids }) => [
      { role: 'steward', domainId: ids.vault, reason: 'a reason that is long', hours: 1 },
    ],
    'access/reviewGrant': ({ ids }) => [{ grantId: ids.grant }],
    'access/setAutoApproval': ({ ids }) => [{ productId: ids.ledger, rule: null }],
    'access/setDeputy': ({ emails }) => [{ email: emails.owner, until: tomorrow }],
    'access/withdrawItem': ({ ids }) => [{ itemId: ids.asked }],
    'access/grantAccess': ({ ids, emails }) => [
      { productId: ids.ledger, email: emails.owner, permissions: ['read'], purpose: 'a reason' },
    ],
    'access/listGrants': product,
    'access/productAccess': ({ ids }) => [ids.salaries],
    'access/revokeGrant': ({ ids }) => [{ grantId: ids.grant }],
  },
  open: {
    'access/accessCart': 'their own cart, and the purposes that can be chosen',
    'access/requestElevation': 'asking for a role, which somebody else gives or refuses',
    'access/setDeputy': 'who decides in their place on what they own',
  },
  parts: {
    'access/askedProducts': 'part of previewRequest and requestAccess, after their guard',
    'access/endAccess': 'part of retireRun, which the worker runs',
    'access/noteGrant': 'writes the history of a verb',
    'access/noteGrants': 'writes the history of a verb',
    'access/noteItem': 'writes the history of a verb',
    'access/refuseOwn': 'a guard',
    'access/requireDecider': 'a guard',
    'access/requirePerson': 'a guard',
  },
} satisfies Cases;
