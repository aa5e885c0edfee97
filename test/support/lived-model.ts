/**
 * Who saw what, kept the plainest way: whenever something happens, it is written down for everybody who is there. No spans, no places, no
 * comparisons: an independent witness for the rule of visibility.
 */

export interface LivedMessage {
  readonly sequence: number;
  readonly author: string;
  readonly replyTo: number | null;
  readonly mentions: readonly string[];
  text: string | null;
  /** Everything that it ever said. */
  readonly said: string[];
  corrected: boolean;
  /** `user emoji`, of the reactions that stand. */
  readonly reactions: Set<string>;
}
export interface LivedNotice {
  /** The message that it came after. */
  readonly sequence: number;
  readonly notice: number;
  readonly what: string;
  readonly by: string;
  readonly users: readonly string[];
  readonly title: string | null;
  readonly onlyFor: string | null;
}
export type Lived = LivedMessage | LivedNotice;
export const isLivedMessage = (entry: Lived): entry is LivedMessage => 'author' in entry;

export interface LivedTab {
  readMarker: number;
  mentionedAt: number;
  muted: boolean;
  open: boolean;
  /** What was said up to here shows no closed tab. */
  hiddenUpTo: number;
}

interface Steps {
  invite: { readonly users: readonly string[] };
  withdraw: { readonly user: string };
  decline: object;
  join: object;
  leave: object;
  title: { readonly title: string | null };
  post: { readonly text: string; readonly replyTo: number | null; readonly mentions: readonly string[] };
  correct: { readonly sequence: number; readonly text: string };
  retract: { readonly sequence: number };
  read: { readonly sequence: number };
  react: { readonly sequence: number; readonly reaction: string };
  unreact: { readonly sequence: number; readonly reaction: string };
  mute: { readonly muted: boolean };
  open: object;
  close: { readonly upTo: number };
  /** Of the person as a whole, not of the conversation. */
  share: { readonly shared: boolean };
}
export type StepName = keyof Steps;
export type Step = { [D in StepName]: { readonly do: D } & Steps[D] }[StepName];

export class LivedConversation {
  /** In the order in which they came. */
  present: string[] = [];
  title: string | null = null;
  readonly messages: LivedMessage[] = [];
  readonly invitations = new Map<string, string>();
  /** `inviter invited` → state. */
  readonly invited = new Map<string, 'invited' | 'declined'>();
  readonly tabs = new Map<string, LivedTab>();
  private notices = 0;
  private readonly lived = new Map<string, Lived[]>();

  constructor(
    readonly id: string,
    readonly kind: 'direct' | 'group',
    /** Who does not share how far they read, wherever it is. */
    readonly hiding: Set<string>,
  ) {}

  static direct(id: string, people: readonly string[], hiding: Set<string>): LivedConversation {
    const made = new LivedConversation(id, 'direct', hiding);
    for (const user of people) made.enter(user);
    return made;
  }

  static group(
    { id, by, title, hiding }: Pick<LivedConversation, 'id' | 'title' | 'hiding'> & { readonly by: string },
    invited: readonly string[],
  ): LivedConversation {
    const made = new LivedConversation(id, 'group', hiding);
    made.title = title;
    made.enter(by);
    made.invite(by, invited);
    made.note({ what: 'joined', by });
    return made;
  }

  /** What the person may see now, in order. */
  seenBy(user: string): readonly Lived[] {
    if (!this.present.includes(user)) return [];
    return (this.lived.get(user) ?? []).filter(
      (entry) => isLivedMessage(entry) || [null, user].includes(entry.onlyFor),
    );
  }

  /** What the person ever had before their eyes. */
  everSeenBy(user: string): readonly LivedMessage[] {
    return (this.lived.get(user) ?? []).filter(isLivedMessage);
  }

  /** Whether the step is to be accepted when nothing else happens meanwhile. */
  allows(user: string, step: Step): boolean {
    if (step.do === 'share') return true;
    const here = this.present.includes(user);
    const group = this.kind === 'group';
    if (step.do === 'join') return here || this.invitations.has(user);
    if (step.do === 'decline') return this.invitations.has(user);
    if (!here) return false;
    if (step.do === 'withdraw') return group && [user, ...this.gone()].includes(this.invitations.get(step.user) ?? '');
    if (step.do === 'invite' || step.do === 'leave' || step.do === 'title') return group;
    if (!('sequence' in step) || step.do === 'read') return true;
    const message = this.message(step.sequence);
    if (!message || !this.lived.get(user)?.includes(message)) return false;
    if (step.do === 'retract') return message.author === user;
    return message.text !== null && (step.do !== 'correct' || message.author === user);
  }

  /** Takes in what was accepted, in the order of the log. */
  take(user: string, step: Step): void {
    const table: { readonly [D in StepName]: (step: Steps[D]) => void } = {
      invite: ({ users }) => this.invite(user, users),
      withdraw: (one) => this.withdraw(user, one.user),
      decline: () => this.decline(user),
      join: () => this.join(user),
      leave: () => this.leave(user),
      title: ({ title }) => this.entitle(user, title),
      post: (post) => this.post(user, post),
      correct: ({ sequence, text }) => this.correct(sequence, text),
      retract: ({ sequence }) => this.retract(sequence),
      read: ({ sequence }) => this.read(user, sequence),
      react: ({ sequence, reaction }) => void this.message(sequence)?.reactions.add(`${user} ${reaction}`),
      mute: ({ muted }) => this.change(user, { muted }),
      open: () => this.change(user, { open: true }),
      close: ({ upTo }) => this.close(user, upTo),
      share: ({ shared }) => this.share(user, shared),
      unreact: ({ sequence, reaction }) => void this.message(sequence)?.reactions.delete(`${user} ${reaction}`),
    };
    (table[step.do] as (step: object) => void)(step);
  }

  /** The tab, what in it is unread, whether it is shown, and whether the newest mention calls its owner: not if it was retracted. */
  tabOf(
    user: string,
  ): (LivedTab & { readonly called: boolean; readonly unread: number; readonly shown: boolean }) | null {
    const tab = this.tabs.get(user);
    if (!tab) return null;
    const mention = this.message(tab.mentionedAt);
    const after = (place: number): number =>
      this.seenBy(user).filter((entry) => isLivedMessage(entry) && entry.sequence > place).length;
    return {
      ...tab,
      called: mention !== undefined && mention.text !== null && tab.mentionedAt > tab.readMarker,
      unread: after(tab.readMarker),
      shown: tab.open || after(tab.hiddenUpTo) > 0,
    };
  }

  get lastSequence(): number {
    return this.messages.length;
  }

  private message(sequence: number): LivedMessage | undefined {
    return this.messages[sequence - 1];
  }

  /** Who was here and is not any more. */
  private gone(): readonly string[] {
    return [...this.lived.keys()].filter((user) => !this.present.includes(user));
  }

  private witnessed(entry: Lived): void {
    for (const user of this.present) this.lived.set(user, [...(this.lived.get(user) ?? []), entry]);
  }

  private note(notice: Pick<LivedNotice, 'what' | 'by'> & Partial<LivedNotice>): void {
    const place = { sequence: this.lastSequence, notice: ++this.notices };
    this.witnessed({ users: [], title: null, onlyFor: null, ...notice, ...place });
  }

  private enter(user: string): void {
    this.present.push(user);
    const from = this.lastSequence;
    const open = this.kind === 'group';
    this.tabs.set(user, { readMarker: from, mentionedAt: 0, muted: false, open, hiddenUpTo: from });
  }

  private invite(by: string, named: readonly string[]): void {
    const users = [...new Set(named)].filter((user) => !this.present.includes(user) && !this.invitations.has(user));
    if (users.length === 0) return;
    for (const user of users) {
      this.invitations.set(user, by);
      this.invited.set(`${by} ${user}`, 'invited');
    }
    this.note({ what: 'invited', by, users });
  }

  private withdraw(by: string, user: string): void {
    this.invited.delete(`${this.invitations.get(user)} ${user}`);
    this.invitations.delete(user);
    this.note({ what: 'withdrawn', by, users: [user], onlyFor: by });
  }

  private decline(by: string): void {
    const onlyFor = this.invitations.get(by) ?? null;
    this.invitations.delete(by);
    this.invited.set(`${onlyFor} ${by}`, 'declined');
    this.note({ what: 'declined', by, users: [by], onlyFor });
  }

  private join(by: string): void {
    if (this.present.includes(by)) return;
    this.invited.delete(`${this.invitations.get(by)} ${by}`);
    this.invitations.delete(by);
    this.enter(by);
    this.note({ what: 'joined', by });
  }

  private leave(by: string): void {
    this.note({ what: 'left', by });
    this.present = this.present.filter((user) => user !== by);
    this.tabs.delete(by);
  }

  private entitle(by: string, title: string | null): void {
    if (title === this.title) return;
    this.title = title;
    this.note({ what: 'titled', by, title });
  }

  private post(author: string, { text, replyTo, mentions }: Steps['post']): void {
    const sequence = this.lastSequence + 1;
    const answered = this.lived.get(author)?.find((entry) => isLivedMessage(entry) && entry.sequence === replyTo);
    const message: LivedMessage = {
      sequence,
      author,
      replyTo: answered?.sequence ?? null,
      mentions: [...new Set(mentions)].filter((user) => this.present.includes(user)),
      text,
      said: [text],
      corrected: false,
      reactions: new Set(),
    };
    this.messages.push(message);
    this.witnessed(message);
    this.read(author, sequence);
    for (const user of message.mentions) this.change(user, { mentionedAt: sequence });
  }

  private correct(sequence: number, text: string): void {
    const message = this.message(sequence);
    if (!message) return;
    message.text = text;
    message.said.push(text);
    message.corrected = true;
  }

  private retract(sequence: number): void {
    const message = this.message(sequence);
    if (message) message.text = null;
  }

  private share(user: string, shared: boolean): void {
    if (shared) this.hiding.delete(user);
    else this.hiding.add(user);
  }

  private change(user: string, part: Partial<LivedTab>): void {
    Object.assign(this.tabs.get(user) ?? {}, part);
  }

  private close(user: string, upTo: number): void {
    this.change(user, { open: false, hiddenUpTo: Math.max(this.tabs.get(user)?.hiddenUpTo ?? 0, upTo) });
    this.read(user, upTo);
  }

  private read(user: string, sequence: number): void {
    const tab = this.tabs.get(user);
    if (tab) tab.readMarker = Math.max(tab.readMarker, sequence);
  }
}
