import type { Engine } from '../engine';
import type { Fields } from './fields';

export function commandStatistics({ statistics }: Engine): Fields {
  const fields: Fields = {};
  for (const [name, { calls, us, rejected, failed }] of statistics.commands) {
    const each = (calls === 0 ? 0 : us / calls).toFixed(2);
    fields[`cmdstat_${name}`] =
      `calls=${calls},usec=${Math.round(us)},usec_per_call=${each},rejected_calls=${rejected},failed_calls=${failed}`;
  }
  return fields;
}

export function errorStatistics({ statistics }: Engine): Fields {
  const fields: Fields = {};
  for (const [word, count] of statistics.errors) fields[`errorstat_${word}`] = `count=${count}`;
  return fields;
}

export function latencyStatistics({ statistics, settings }: Engine): Fields {
  const fields: Fields = {};
  if (!settings.isOn('latency-tracking')) return fields;
  const percents = settings.text('latency-tracking-info-percentiles').split(' ').filter(Boolean);
  for (const [name, { durations }] of statistics.commands) {
    if (durations.total === 0) continue;
    fields[`latency_percentiles_usec_${name}`] = percents
      .map((percent) => `p${percent}=${durations.percentile(Number(percent)).toFixed(3)}`)
      .join(',');
  }
  return fields;
}
