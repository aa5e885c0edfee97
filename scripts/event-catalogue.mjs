// Writes docs/events.md and the generated sections of docs/protocol.md from the built server and the protocol's types.
// `--check` writes nothing and ends with 1 if a committed file differs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const built = (path) => new URL(`dist/server/${path}`, root);
const read = (path) => readFileSync(new URL(path, root), 'utf8');

const stop = (words) => {
  console.error(`docs:events: ${words}`);
  process.exit(1);
};

const NEEDED = ['application/codec/schemas/index.js', 'application/protocol/index.js', 'projections/index.js'];
for (const path of NEEDED)
  if (!existsSync(built(path)))
    stop(`${fileURLToPath(built(path))} is not there. Build the server first: npm run build:server`);

const [{ z }, { default: ts }, prettier] = await Promise.all([
  import('zod'),
  import('typescript'),
  import('prettier'),
]).catch((error) => stop(`${error.message}. Install the packages first: npm ci`));
const { EVENT_SCHEMAS } = await import(built('application/codec/schemas/index.js').href);
const FIELDS = await import(built('application/codec/schemas/fields.js').href);
const { ERRORS, CLOSE, LIMITS } = await import(built('application/protocol/index.js').href);
const { PROJECTIONS } = await import(built('projections/index.js').href);

/* ---- what no code says ---- */

const CATEGORIES = {
  account: { stream: 'account-<userId>', words: 'What an installation knows of one person who can sign in.' },
  conversation: {
    stream: 'conversation-<conversationId>',
    words: 'Who takes part in one conversation, and what was said.',
  },
  desk: { stream: 'desk-<userId>', words: 'What one person has open, and how far they have read.' },
  presence: {
    stream: 'presence-<userId>',
    words:
      'Whether one person is there, and what they chose to be shown as. Kept for 30 days ([0006](adr/0006-presence-retention.md)); every event says all that holds after it.',
  },
  roster: {
    stream: 'roster-<userId>',
    words:
      'Whose presence one person asked to see, and who asked to see theirs. What happens in the one roster is told to the other by a process.',
  },
  message: {
    stream: 'message-<conversationId>.<sequence>',
    words: 'What became of one message after it was posted: corrections, retraction, reactions.',
  },
};

const COMMANDS = {
  'conversation.start': {
    does: 'Starts, or finds, the private conversation with that person, and opens its tab. Two people have one conversation, whoever starts.',
    errors: ['not-found', 'with-oneself'],
  },
  'conversation.post': {
    does: "Says something. The frame's `id` becomes `messageId`. `replyTo`: the message that it answers; one that is not there, or that the author does not see, counts as none. `mentions`: participants whom the text addresses; others are passed over.",
    errors: ['not-found', 'message-blank', 'message-too-long'],
  },
  'conversation.start-group': {
    does: 'Starts a group. Whoever starts it takes part at once, the others are invited: at least one, all of them enabled people. The id of the frame decides which group it is: repeating the frame finds the same one. `title`: one line; blank or left out, the group is called after its participants.',
    errors: ['not-found', 'nobody-to-invite', 'too-many-participants', 'title-too-long'],
  },
  'conversation.invite': {
    does: 'Invites people to a group that one takes part in. Who takes part or is invited already is passed over. If one of them is no enabled person, nobody is invited.',
    errors: ['not-found', 'not-a-group', 'too-many-participants'],
  },
  'conversation.withdraw': {
    does: 'Takes back an invitation that one gave oneself, and that was not answered yet.',
    errors: ['not-found', 'not-a-group', 'invitation-void'],
  },
  'conversation.join': {
    does: 'Uses an invitation. What was said before is not for who joins. A participant who joins changes nothing.',
    errors: ['invitation-void'],
  },
  'conversation.decline': {
    does: 'Says no to an invitation. Only whoever invited is told; one can be invited again.',
    errors: ['invitation-void'],
  },
  'conversation.leave': {
    does: 'Leaves a group. Coming back needs a new invitation, and shows again what was said in earlier stays.',
    errors: ['not-found', 'not-a-group'],
  },
  'conversation.title': {
    does: 'Gives a group a title of one line, or takes it away (`null`, or blank).',
    errors: ['not-found', 'not-a-group', 'title-too-long'],
  },
  'message.correct': {
    does: "Replaces the text of one's own message, at most 100 times. Everybody sees that it was corrected.",
    errors: [
      'not-found',
      'not-the-author',
      'message-retracted',
      'message-blank',
      'message-too-long',
      'too-many-corrections',
    ],
  },
  'message.retract': {
    does: "Withdraws one's own message: nobody is shown its text any more. For good.",
    errors: ['not-found', 'not-the-author'],
  },
  'message.react': {
    does: 'Reacts to a message with one emoji (one of RGI_Emoji, Unicode Technical Standard 51). At most ten different ones per person and message.',
    errors: ['not-found', 'message-retracted', 'reaction-unknown', 'too-many-reactions'],
  },
  'message.unreact': {
    does: 'Takes a reaction back. One that is not there stays so.',
    errors: ['not-found', 'message-retracted'],
  },
  'desk.mute': {
    does: "Mutes a conversation in one's own tab, or lets it be heard again. Mentions still count. Ends with leaving the group.",
    errors: ['not-found'],
  },
  'desk.share-reading': {
    does: 'Whether others are told how far one has read. Whoever does not share it is not told of others either.',
    errors: [],
  },
  'desk.set-schedule': {
    does: 'When one is shown as Away or Busy without choosing it each time; `null`: never. `zone`: a name of the IANA time zone database. Outside of `workingHours` one is shown as Away, during `doNotDisturb` (at most five) as Busy, and the latter wins. Whatever one chooses other than Available wins over both; so does Available, when it is chosen while they hold, until they end.',
    errors: ['schedule-unknown-zone'],
  },
  'presence.choose': {
    does: "Chooses what one's watchers are shown while one is there. `text`: one line in one's own words, or `null`. `until`: an instant at which what held before comes back; `null`: it stays, over reconnections and restarts.",
    errors: ['status-too-long', 'until-past'],
  },
  'roster.add-favorite': {
    does: 'Marks an enabled person with the star, and asks them to show their presence. While the star is on it changes nothing.',
    errors: ['not-found', 'with-oneself', 'asked-recently', 'too-many-favorites'],
  },
  'roster.resend-request': {
    does: 'Asks once more somebody who has the star: who did not answer, who said no, or who revoked. Not within `resendMs` of the last time.',
    errors: ['not-found', 'not-a-favorite', 'asked-recently'],
  },
  'roster.remove-favorite': {
    does: 'Takes the star away: the request is withdrawn, or one is no longer a watcher. Somebody without a star stays so.',
    errors: [],
  },
  'roster.answer-request': {
    does: "Answers an open request. `accept`: the asker sees one's presence from now on; a no is not told. `addToo` (with `accept` alone): marks the asker with the star as well, and since they asked first they are not asked.",
    errors: ['request-void', 'too-many-favorites'],
  },
  'roster.revoke-watcher': {
    does: 'Somebody who was allowed to is allowed no more, and is not told.',
    errors: [],
  },
  'desk.open-tab': { does: "Opens one's own tab. An open tab stays as it is.", errors: ['not-found'] },
  'desk.close-tab': {
    does: "Closes one's own tab; everything up to `upTo` counts as read. `upTo`: the last sequence that the person can have seen; a later message shows the tab again. Above the last sequence it counts as the last one.",
    errors: ['not-found'],
  },
  'desk.move-read-marker': {
    does: 'Everything up to and including `sequence` was read. Moves forward only. Above the last sequence it counts as the last one.',
    errors: ['not-found'],
  },
};

const QUERIES = {
  'people.find': {
    does: "Enabled people, oneself never among them, each of the text's words being the beginning of a word of their name, login or address; accents and case aside; wildcards have no meaning. `text`: 2 to 100 characters.",
    errors: [],
  },
  'people.get': {
    does: 'Names for ids met in views, also of disabled people; in no order, unknown ids are left out. 1 to 100 ids.',
    errors: [],
  },
  'transcript.page': {
    does: 'Messages and notices that one may see, each ascending, and the reactions to these messages. A place is a sequence, or a sequence and a notice after it. `before` with `beforeNotice` (exclusive): the last `limit` entries below that place; `after` with `afterNotice` (exclusive): the first `limit` ones above it; neither: the last ones; both are refused. `more`: there are further ones in that direction. `limit`: 1 to the `pageSize` of `welcome`.',
    errors: ['not-found'],
  },
  'transcript.messages': {
    does: 'Those of the named messages that one may see; the others are left out. 1 to 100 sequences. For quotations: an answer holds the number of what it answers, and never its text.',
    errors: ['not-found'],
  },
  'transcript.search': {
    does: "Messages that one may see and that have every word of the text, newest first; the last word may be the beginning of one; accents and case aside. Without `conversationId`: in all of one's conversations, and `before` is refused. `before` (exclusive): only messages below that sequence. `more`: there are further ones.",
    errors: ['not-found'],
  },
  'conversation.read-marks': {
    does: 'How far the others have read: those who share it, and only for who shares it too. Empty in conversations of more than 50. Ask when a conversation comes on the screen; changes are then pushed as `mark`.',
    errors: ['not-found'],
  },
};

/* ---- tables ---- */

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
const code = (text) => `\`${text}\``;

/** The members of an interface in a source file: name, type and comment. */
const membersOf = (path, name) => {
  const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const found = source.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
  if (!found) stop(`${path} has no interface ${name}`);
  return found.members.map((member) => ({
    name: member.name.text,
    type: member.type,
    comment: ts
      .getJSDocCommentsAndTags(member)
      .map(({ comment }) => String(comment))
      .join(' '),
  }));
};

const typeText = (node) => {
  const text = node.getText().replace(/\s+/g, ' ').replaceAll('readonly ', '').replaceAll(';', ',');
  return text.replace(/, }/g, ' }').replaceAll('Record<string, never>', '{}');
};

const requests = (name, words) => {
  const members = membersOf('src/application/protocol/requests.ts', name);
  const names = members.map((member) => member.name);
  for (const missing of names.filter((it) => !(it in words)))
    stop(`scripts/event-catalogue.mjs says nothing of ${missing}`);
  for (const gone of Object.keys(words).filter((it) => !names.includes(it))) stop(`there is no ${gone} any more`);
  return members.map(({ name: request, type }) => {
    const part = (which) => code(typeText(type.members.find((member) => member.name.text === which).type));
    const { does, errors } = words[request];
    for (const error of errors) if (!(error in ERRORS)) stop(`there is no error ${error} any more`);
    return [code(request), does, part('data'), part('result'), errors.map(code).join(', ') || 'none'];
  });
};

const REQUEST_HEAD = ['Name', 'What it does', '`data`', '`result`', 'Errors of its own'];
const sections = {
  commands: () => table(REQUEST_HEAD, requests('Commands', COMMANDS)),
  queries: () => table(REQUEST_HEAD, requests('Queries', QUERIES)),
  errors: () =>
    table(
      ['Code', 'Retryable', 'Words'],
      Object.entries(ERRORS).map(([name, { retryable, words }]) => [code(name), retryable ? 'yes' : 'no', words]),
    ),
  'close-codes': () =>
    table(
      ['Code', 'Name', 'Come back', 'Words'],
      Object.entries(CLOSE).map(([name, row]) => [row.code, code(name), row.again, row.words]),
    ),
  limits: () =>
    table(
      ['Name', 'Standard', 'Variable', 'What it bounds'],
      Object.entries(LIMITS).map(([name, row]) => [code(name), row.value, code(row.variable), row.words]),
    ),
};

/* ---- docs/protocol.md ---- */

const protocol = async () => {
  if (!existsSync(new URL('docs/protocol.md', root)))
    stop('docs/protocol.md is not there: only its generated sections are written here');
  let text = read('docs/protocol.md');
  for (const [name, make] of Object.entries(sections)) {
    const begin = `<!-- generated:${name} -->`;
    const pattern = new RegExp(`${begin}[\\s\\S]*?<!-- /generated -->`);
    if (!pattern.test(text)) stop(`docs/protocol.md has no section ${begin} … <!-- /generated -->`);
    text = text.replace(pattern, () => `${begin}\n\n${make()}\n\n<!-- /generated -->`);
  }
  const options = await prettier.resolveConfig(fileURLToPath(new URL('docs/protocol.md', root)));
  return prettier.format(text, { ...options, parser: 'markdown' });
};

/* ---- docs/events.md ---- */

/** A field's type in words. */
const typeWords = (schema, property) => {
  if (schema === FIELDS.instant) return 'instant (milliseconds since 1970-01-01T00:00:00Z)';
  if (schema === FIELDS.sequence) return 'sequence (whole number, 1 or more)';
  return jsonWords(property);
};
const jsonWords = ({ type, format, prefixItems, items, minimum, exclusiveMinimum, minLength, anyOf, ...rest }) => {
  if (rest.const !== undefined) return `always ${JSON.stringify(rest.const)}`;
  if (rest.enum) return `one of ${rest.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  if (anyOf) return anyOf.map(jsonWords).join(', or ');
  if (type === 'null') return 'null';
  if (type === 'boolean') return 'true or false';
  if (type === 'string' && format === 'uuid') return 'UUID';
  if (type === 'string') return minLength ? 'text, not empty' : 'text';
  if (type === 'integer' && rest.maximum < Number.MAX_SAFE_INTEGER)
    return `whole number, ${minimum} to ${rest.maximum}`;
  if (type === 'object' && rest.properties) {
    const fields = Object.entries(rest.properties).map(([field, property]) => `${field}: ${jsonWords(property)}`);
    return `{ ${fields.join('; ')} }`;
  }
  if (type === 'integer') {
    const least = exclusiveMinimum !== undefined ? exclusiveMinimum + 1 : minimum;
    return least > Number.MIN_SAFE_INTEGER ? `whole number, ${least} or more` : 'whole number';
  }
  if (type === 'array' && prefixItems) return `list of ${prefixItems.length}: ${prefixItems.map(jsonWords).join(', ')}`;
  if (type === 'array') return `list of ${jsonWords(items)}`;
  return stop(`scripts/event-catalogue.mjs has no words for the type ${JSON.stringify({ type, ...rest })}`);
};

const exampleOf = async (category, type) => {
  const examples = await import(built(`domain/${category}/examples.js`).href);
  for (const value of Object.values(examples)) {
    const example = typeof value === 'function' ? value(1) : value;
    if (example?.type === type) return example;
  }
  return stop(`src/domain/${category}/examples.ts has no example of ${type}`);
};

const eventSection = async (category, type, { meaning, version, shape, personal, upcasts }) => {
  const { properties, required = [] } = z.toJSONSchema(shape, { unrepresentable: 'any' });
  const rows = Object.entries(properties).map(([field, property]) => [
    code(field),
    typeWords(shape.shape[field], property) + (required.includes(field) ? '' : ', may be absent'),
    personal[field] ? `yes, with the key of ${code(personal[field])}` : 'no',
  ]);
  const readers = PROJECTIONS.filter(
    ({ categories, handlers }) =>
      categories.includes(category) && handlers[type] !== undefined && handlers[type] !== 'ignore',
  ).map(({ name }) => code(name));
  const versions = Array.from({ length: version }, (_, index) => index + 1).map(
    (number) => `[version ${number}](../test/fixtures/events/${category}/${type}.v${number}.json)`,
  );
  const facts = [
    `Version ${version}`,
    `changes the read models ${readers.join(', ') || '(none)'}`,
    `frozen ${versions.length > 1 ? 'fixtures' : 'fixture'}: ${versions.join(', ')}`,
    ...(upcasts ? [`upcasts from version ${Object.keys(upcasts).join(', ')}`] : []),
  ];
  const example = JSON.stringify((await exampleOf(category, type)).data, null, 2);
  return [
    `### ${type}`,
    meaning,
    `${facts.join('; ')}.`,
    table(['Field', 'Type', 'Sealed'], rows),
    `\`\`\`json\n${example}\n\`\`\``,
  ].join('\n\n');
};

const metadataTable = () => {
  const members = membersOf('src/application/ports/event-log.ts', 'EventMetadata');
  const rows = members.map(({ name, type, comment }) => {
    const words = typeText(type)
      .replace(/\bCommandId\b|\bUserId\b/g, 'UUID')
      .replaceAll("'", '"');
    return [code(name), words === 'string' ? 'text' : words.replaceAll(' | ', ' or '), comment];
  });
  rows.push([
    code('schemaVersion'),
    'whole number, 1 or more',
    'The version that the event was written in. Set and read by the codec alone.',
  ]);
  return table(['Field', 'Type', 'What it says'], rows);
};

const events = async () => {
  const parts = [
    '<!-- Generated by scripts/event-catalogue.mjs (npm run docs:events). Do not edit. -->',
    '# Events',
    'Every event that the log may hold. Names are frozen: a changed meaning is a new name, a changed shape is a new version that old events are brought up to when they are read. An event of an unknown name or version stops its reader ([ADR 0004](adr/0004-codec-fails-closed.md)).',
    'A stream is named `category-id`. Sealed fields are encrypted with a key that belongs to one person, and read as `null` once that key was destroyed ([ADR 0009](adr/0009-erasure-of-personal-data.md)). Examples show `data` as the domain sees it, unsealed.',
    '## Metadata',
    "Beside its id, name and `data`, each event carries metadata. The id is `uuidv5(commandId, index)`: the same command makes the same ids. Metadata is never sealed and holds no text of any person's making.",
    metadataTable(),
  ];
  for (const [category, schemas] of Object.entries(EVENT_SCHEMAS)) {
    if (!CATEGORIES[category]) stop(`scripts/event-catalogue.mjs says nothing of the category ${category}`);
    const { stream, words } = CATEGORIES[category];
    parts.push(`## ${category}`, words, `Streams: ${code(stream)}.`);
    for (const [type, schema] of Object.entries(schemas)) parts.push(await eventSection(category, type, schema));
  }
  return `${parts.join('\n\n')}\n`;
};

/* ---- write or check ---- */

const files = { 'docs/events.md': await events(), 'docs/protocol.md': await protocol() };
const checking = process.argv.includes('--check');
const differing = Object.entries(files).filter(
  ([path, text]) => !existsSync(new URL(path, root)) || read(path) !== text,
);
if (checking && differing.length > 0)
  stop(
    `${differing.map(([path]) => path).join(' and ')} ${differing.length > 1 ? 'are' : 'is'} not what the built server says. Run: npm run build:server && npm run docs:events`,
  );
if (!checking) for (const [path, text] of differing) writeFileSync(new URL(path, root), text);
console.log(
  checking
    ? 'The generated documentation is up to date.'
    : `Written: ${differing.map(([path]) => path).join(', ') || 'nothing, all up to date'}.`,
);
