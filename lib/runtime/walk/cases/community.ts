import { type Cases, filter, none, product, secret, tomorrow } from './shared';

export const community = {
  cases: {
    'community/acceptAnswer': ({ ids }) => [{ answerId: ids.answer }],
    'community/announce': ({ ids }) => [
      { productId: ids.ledger, title: 'It moves', until: tomorrow },
    ],
    'community/answerQuestion': ({ ids }) => [{ questionId: ids.question, text: 'At seven' }],
    'community/answerReview': ({ ids }) => [{ reviewId: ids.review, text: 'Thank you' }],
    'community/askQuestion': ({ ids }) => [{ productId: ids.salaries, text: 'What is it?' }],
    'community/closeQuestion': ({ ids }) => [{ questionId: ids.question }],
    'community/decideReport': ({ ids }) => [
      { reportId: ids.report, decision: 'keep', note: 'It is fine' },
    ],
    'community/endAnnouncement': ({ ids }) => [{ announcementId: ids.announcement }],
    'community/listFollows': filter,
    'community/listReports': filter,
    'community/popularProducts': none,
    'community/productAnnouncements': product,
    'community/productAt': () => ['vault', secret],
    'community/productFollow': ({ ids }) => [ids.salaries],
    'community/productQuestions': product,
    'community/productReviews': product,
    'community/productStandings': ({ ids }) => [[ids.salaries, ids.ledger]],
    'community/recentlyUsed': none,
    'community/reportContent': ({ ids }) => [
      { kind: 'review', targetId: ids.innerReview, reason: 'It is rude' },
    ],
    'community/setFollow': ({ ids }) => [{ productId: ids.salaries, isFollowing: true }],
    'community/usageDetail': product,
    'community/withdrawReview': ({ ids }) => [{ reviewId: ids.review }],
    'community/writeReview': ({ ids }) => [{ productId: ids.ledger, stars: 5 }],
  },
  open: {
    'community/popularProducts': 'what most people read, of what a policy lets them discover',
    'community/productAnnouncements': 'what is announced about a product that they may discover',
    'community/productQuestions': 'what was asked about a product that they may discover',
    'community/productReviews': 'what consumers say of a product that they may discover',
    'community/productStandings': 'figures of products that they may discover, without names',
  },
  parts: {
    'community/isConsumer': 'a question, answered with yes or no',
    'community/loadQuestion': 'loads and guards a question for a verb',
    'community/placeOf': 'loads and guards a product for verbs and queries',
    'community/reader': 'a guard',
    'community/represents': 'a question, answered with yes or no',
    'community/requireRepresentative': 'a guard',
    'community/writer': 'a guard',
  },
} satisfies Cases;
