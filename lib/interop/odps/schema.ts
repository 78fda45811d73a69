import type { Findings } from '../findings';
import {
  anything,
  type Check,
  date,
  type Group,
  group,
  groupsIn,
  instant,
  list,
  oneOf,
  show,
  text,
  textOf,
  uri,
} from '../shape';

/** The versions of the Open Data Product Standard (Bitol) that are read. */
export const ODPS_VERSIONS = ['v0.9.0', 'v1.0.0'] as const;
export type OdpsVersion = (typeof ODPS_VERSIONS)[number];
export const ODPS_CURRENT = 'v1.0.0' satisfies OdpsVersion;
export const isOdpsVersion = (value: unknown): value is OdpsVersion =>
  ODPS_VERSIONS.some((version) => version === value);

const customProperties = list(
  group({
    what: 'a custom property',
    known: { property: text, value: anything, description: text },
    required: ['property', 'value'],
  }),
);
const definitions = list(
  group({
    what: 'an authoritative definition',
    known: { type: text, url: uri, description: text },
    required: ['type', 'url'],
  }),
);
const shared = {
  tags: list(text),
  customProperties,
  authoritativeDefinitions: definitions,
};

const inputPort = group({
  what: 'an input port',
  known: { name: text, version: text, contractId: text, ...shared },
  required: ['name', 'version', 'contractId'],
});
const outputPort = group({
  what: 'an output port',
  known: {
    name: text,
    description: text,
    type: text,
    version: text,
    contractId: text,
    sbom: list(group({ what: 'an SBOM', known: { type: text, url: uri }, required: ['url'] })),
    inputContracts: list(
      group({
        what: 'an input contract',
        known: { id: text, version: text },
        required: ['id', 'version'],
      }),
    ),
    ...shared,
  },
  required: ['name', 'version'],
});
const managementPort = group({
  what: 'a management port',
  known: {
    name: text,
    content: text,
    type: text,
    url: uri,
    channel: text,
    description: text,
    ...shared,
  },
  required: ['name', 'content'],
});
const support = group({
  what: 'a support channel',
  known: {
    channel: text,
    url: uri,
    description: text,
    tool: text,
    scope: text,
    invitationUrl: uri,
    ...shared,
  },
  required: ['channel', 'url'],
});
const members = list(
  group({
    what: 'a member of the team',
    known: {
      username: text,
      name: text,
      description: text,
      role: text,
      dateIn: date,
      dateOut: date,
      replacedByUsername: text,
      ...shared,
    },
    required: ['username'],
  }),
);
const team = group({
  what: 'the team',
  known: { name: text, description: text, members, ...shared },
});

export function odpsSchema(version: OdpsVersion): Check {
  // The 1.0 schema reads 0.9 documents too; only 0.9 had the team as a list.
  const anyTeam: Check = (value, path, out) =>
    (Array.isArray(value) && version === 'v0.9.0' ? members : team)(value, path, out);
  return group({
    what: `an ODPS data product ${version}`,
    known: {
      apiVersion: text,
      kind: oneOf(['DataProduct']),
      id: text,
      name: text,
      version: text,
      status: text,
      domain: text,
      tenant: text,
      description: group({
        what: 'the description',
        known: {
          purpose: text,
          limitations: text,
          usage: text,
          authoritativeDefinitions: definitions,
          customProperties,
        },
      }),
      inputPorts: list(inputPort),
      outputPorts: list(outputPort),
      managementPorts: list(managementPort),
      support: list(support),
      team: anyTeam,
      productCreatedTs: instant,
      ...shared,
    },
    required: ['apiVersion', 'kind', 'id', 'status'],
  });
}

const STATUSES = ['proposed', 'draft', 'active', 'deprecated', 'retired'];
const CONTENTS = ['discoverability', 'observability', 'control', 'dictionary'];

/** What the shape of a product document does not show. */
export function lintProduct(product: Group, out: Findings): void {
  for (const key of ['inputPorts', 'outputPorts'] as const) {
    const seen = new Set<string>();
    for (const { entry, index } of groupsIn(product[key])) {
      const port = JSON.stringify([entry.name, entry.version]);
      if (seen.has(port)) {
        const message = `The port ${show(entry.name)} stands here twice in version ${show(entry.version)}. Change one.`;
        out.error([key, index, 'name'], 'duplicate-name', message);
      }
      seen.add(port);
    }
  }
  const inputs = new Set(groupsIn(product.inputPorts).map(({ entry }) => entry.contractId));
  for (const { entry, index } of groupsIn(product.outputPorts)) {
    for (const { entry: needed, index: at } of groupsIn(entry.inputContracts)) {
      if (inputs.size === 0 || inputs.has(needed.id)) continue;
      const message = `No input port has the contract ${show(needed.id)}. Name the contract of one.`;
      out.error(['outputPorts', index, 'inputContracts', at, 'id'], 'dangling-reference', message);
    }
  }
  for (const { entry, index } of groupsIn(product.managementPorts)) {
    const content = textOf(entry.content);
    if (content === undefined || CONTENTS.includes(content)) continue;
    const message = `${show(content)} is none of the contents that the standard names: ${CONTENTS.join(', ')}.`;
    out.warn(['managementPorts', index, 'content'], 'unknown-value', message);
  }
  lintCustomProperties(product, [], out);
  const status = textOf(product.status);
  if (status !== undefined && !STATUSES.includes(status)) {
    out.warn(
      ['status'],
      'unknown-status',
      `${show(status)} is none of the states ${STATUSES.join(', ')}.`,
    );
  }
}

function lintCustomProperties(product: Group, path: string[], out: Findings): void {
  const seen = new Set<unknown>();
  for (const { entry, index } of groupsIn(product.customProperties)) {
    if (seen.has(entry.property)) {
      const message = `The custom property ${show(entry.property)} stands here twice. Keep one.`;
      out.error([...path, 'customProperties', index, 'property'], 'duplicate-name', message);
    }
    seen.add(entry.property);
  }
}
