export { GUIDE, type GuidePage, type GuideSection, guidePage } from './guide';
