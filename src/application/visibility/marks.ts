import type { StartedConversation } from '../../domain/conversation/index.js';

/** Beyond so many, who has read what is noise, and each mark would go to hundreds. */
const PARTICIPANTS_MOST = 50;

/** Whether participants are told how far the others have read, and who is writing. */
export const marksAreShown = ({ present }: StartedConversation): boolean => present <= PARTICIPANTS_MOST;
