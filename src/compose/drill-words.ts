import type { Breakage, Scenario } from '../sandbox/scenarios.ts';
import type { WorldFault } from '../sandbox/world/world-faults.ts';

const faultText = (fault: WorldFault): string => {
  switch (fault.kind) {
    case 'region-dead':
      return `${fault.region} is dead: nobody is served there and its checks fail`;
    case 'region-degraded':
      return `${fault.region} degrades: ${Math.round(fault.errorRate * 100)} % of its requests fail, the others take ${fault.latencyFactor} times as long; its health check stays green`;
    case 'region-silent':
      return `the metrics of ${fault.region} are lost, while its users are served`;
    case 'capacity-short':
      return `${fault.region} cannot grow beyond ${Math.round(fault.maximumFactor * 100)} % of its maximum`;
    case 'all-checks-red':
      return `every health check ${fault.side === 'steer' ? 'that steer makes itself' : 'of the vendor'} fails at once, while users are served well`;
    case 'monitoring-down':
      return 'the metrics service answers nobody';
  }
};

/** What breaks, in a sentence. */
export const breakageText = (breakage: Breakage): string => {
  switch (breakage.kind) {
    case 'world-fault':
      return faultText(breakage.fault);
    case 'route53-fault':
      return breakage.fault === 'throttle'
        ? 'the DNS control plane throttles every request'
        : 'the DNS control plane is down, and the status of its health checks with it; answers are still given';
    case 'foreign-edit':
      return `somebody else writes the weights of ${breakage.region}, times ${breakage.weightFactor}`;
    case 'process-crash':
      return breakage.instant === 'after-effect'
        ? 'the process that executes will be lost right after its next write, before it can note that it landed'
        : 'the process that executes will be lost right before its next write';
  }
};

/** What the reader is about to see, and what it is to prove. */
export const scenarioLines = (scenario: Scenario): readonly string[] => [
  `Scenario ${scenario.name}, seed ${scenario.seed}: a sandbox of three regions on loopback; no account, no network.`,
  ...scenario.initially.map((breakage) => `Broken before it begins: ${breakageText(breakage)}.`),
  `What steer must do: ${scenario.steerMust}`,
];
