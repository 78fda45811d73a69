import { describe, expect, it } from 'vitest';
import { freshnessAnomaly, unusual, volumeAnomaly } from './detect';

const HOUR = 3_600_000;
describe('what is unusual', () => {
  it('lies far from the median, in median deviations', () => {
    const loads = [1000, 1010, 990, 1005, 995, 1002];
    expect(unusual(loads, 1020)).toBeNull();
    expect(unusual(loads, 100)).toMatchObject({ median: 1001, low: 990, high: 1010, count: 6 });
    expect(unusual(loads.slice(0, 4), 1)).toBeNull();
  });

  it('is not upset by one bad load before', () => {
    expect(unusual([1000, 1010, 990, 3, 1005, 995], 1001)).toBeNull();
  });

  it('is not a row more when all loads were alike', () => {
    expect(volumeAnomaly([500, 500, 500, 500, 500], 501)).toBeNull();
    expect(volumeAnomaly([500, 500, 500, 500, 500], 50)?.message).toBe(
      '50 rows, 0.1 times the usual: the 5 loads before had 500 to 500, with a median of 500 and a median deviation of 0. That is 30.4 deviations fewer; more than 3.5 is unusual.',
    );
    expect(volumeAnomaly([0, 0, 0, 0, 0], 0)).toBeNull();
  });

  it('is a load that is late, never one that is early', () => {
    const gaps = [24, 24.1, 23.9, 24, 24.05].map((hours) => hours * HOUR);
    expect(freshnessAnomaly(gaps, 2 * HOUR)).toBeNull();
    expect(freshnessAnomaly(gaps, 25 * HOUR)).toBeNull();
    expect(freshnessAnomaly(gaps, 60 * HOUR)?.message).toContain('No load for 60 hours');
  });
});
