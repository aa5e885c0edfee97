import { ref, shallowRef } from 'vue';
import type { PersonView } from '../../../src/application/protocol/index.js';
import { SessionHttp, type SignInAnswer } from '../session/index.js';

export const sessionHttp = new SessionHttp((path, init) => fetch(path, init));

const user = shallowRef<PersonView | null>(null);
/** `true` until it is known whether there is a session already. */
const isAsking = ref(true);

const ask = async (): Promise<void> => {
  const answer = await sessionHttp.whoAmI();
  if (answer.kind === 'signed-in') user.value = answer.user;
  isAsking.value = false;
};

const signIn = async (login: string, password: string): Promise<SignInAnswer> => {
  const answer = await sessionHttp.signIn(login, password);
  // Whatever is on the page belongs to the person before.
  if (answer.ok && user.value && user.value.id !== answer.user.id) location.reload();
  if (answer.ok) user.value = answer.user;
  return answer;
};

/** Starts from an empty page afterwards: nothing of the person stays in memory. */
const signOut = async (): Promise<boolean> => {
  const done = await sessionHttp.signOut();
  if (done) location.reload();
  return done;
};

export const useAccount = () => ({ user, isAsking, ask, signIn, signOut });
