import { ERRORS, type ErrorCode } from '../../../src/application/protocol/index.js';

/** What a person is told for each error of the protocol; a new one does not compile until every language has words for it. */
export type Problems = Readonly<Record<ErrorCode, string>>;

/** The protocol's own words are English. */
export const problemsEn = Object.fromEntries(
  Object.entries(ERRORS).map(([code, { words }]) => [code, words]),
) as unknown as Problems;

export const problemsFr: Problems = {
  'frame-malformed': 'La demande n’a pas la forme attendue. Rechargez la page.',
  'frame-unknown': 'Le serveur ne connaît pas cette demande. Rechargez la page.',
  'hello-first': 'La connexion a mal commencé. Rechargez la page.',
  'not-found': 'Cette conversation ou cette personne n’existe pas pour vous.',
  'with-oneself': 'Choisissez quelqu’un d’autre que vous.',
  'nobody-to-invite': 'Choisissez au moins une personne autre que vous.',
  'too-many-participants': 'Le groupe compterait plus de personnes que permis. Invitez moins de monde.',
  'not-a-group': 'Cette conversation est privée. Créez un groupe pour ajouter des personnes.',
  'invitation-void': 'Cette invitation n’est plus valable.',
  'title-too-long': 'Le titre est trop long. Raccourcissez-le.',
  'not-the-author': 'Seul son auteur peut corriger ou retirer un message.',
  'message-retracted': 'Le message a été retiré.',
  'too-many-corrections': 'Ce message a été corrigé autant de fois que permis. Écrivez-en un nouveau.',
  'reaction-unknown': 'Une réaction est un seul émoji.',
  'too-many-emoji': 'Ce message a autant de réactions différentes que permis. Choisissez-en une qui s’y trouve.',
  'too-many-reactions': 'Vous avez réagi à ce message autant de fois que permis.',
  'too-many-favorites': 'Vous avez autant de favoris que permis. Retirez-en un d’abord.',
  'asked-recently': 'Vous venez de demander à cette personne. Patientez avant de demander de nouveau.',
  'not-a-favorite': 'Cette personne n’est pas dans vos favoris. Ajoutez-la d’abord.',
  'request-void': 'Cette demande n’est plus valable.',
  'status-too-long': 'Le message de statut est trop long. Raccourcissez-le.',
  'until-past': 'Ce moment est passé. Choisissez-en un autre.',
  'schedule-unknown-zone': 'Ce fuseau horaire n’est pas connu. Choisissez-en un autre.',
  'message-blank': 'Un message contient au moins un caractère visible.',
  'message-too-long': 'Le message est trop long. Raccourcissez-le ou envoyez-le en plusieurs parties.',
  'id-reused': 'Cet identifiant a déjà servi à autre chose. Écrivez le message de nouveau.',
  'rate-limited': 'Trop de demandes. Patientez un instant, puis réessayez.',
  busy: 'Le serveur est occupé. Patientez un instant, puis réessayez.',
  'log-unavailable': 'Le stockage des messages ne répond pas. Rien n’est perdu\u202f; réessayez bientôt.',
  'store-full': 'Le stockage des messages est plein. Rien n’est perdu\u202f; prévenez votre administrateur.',
  'views-behind': 'Le serveur rattrape son retard. Réessayez dans un instant.',
  internal: 'Une erreur est survenue sur le serveur. Réessayez\u202f; si elle persiste, prévenez votre administrateur.',
  'already-registered': 'Un compte porte déjà ce nom.',
  'signed-out': 'Veuillez vous connecter.',
  'sign-in-refused': 'L’identifiant ou le mot de passe est incorrect.',
  'request-malformed': 'La demande n’a pas la forme attendue.',
  'origin-refused': 'Les demandes de cette adresse web ne sont pas permises.',
  'page-unknown': 'Il n’y a rien à cette adresse.',
};
