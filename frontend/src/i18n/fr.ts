import { groupWordsFr } from './group-words-fr.js';
import { messageWordsFr } from './message-words-fr.js';
import { peopleWordsFr } from './people-words-fr.js';
import { problemsFr } from './problems.js';
import { plural, type Words } from './words.js';

const count = plural('fr');

/* Narrow no-break spaces stand before ; : ! ? and inside quotation marks, written as \u202F so that they can be seen. */
export const fr: Words = {
  language: 'Français',
  appName: 'Parley',
  instantMessaging: 'Messagerie instantanée',
  people: 'Personnes',
  you: 'vous',
  unknownPerson: 'Ancien membre',

  signIn: 'Se connecter',
  signingIn: 'Connexion…',
  signOut: 'Se déconnecter',
  login: 'Identifiant',
  password: 'Mot de passe',
  showPassword: 'Afficher le mot de passe',
  signInRefused: 'L’identifiant ou le mot de passe est incorrect.',
  signInTooMany: (seconds) =>
    seconds === null
      ? 'Trop d’essais. Patientez un instant, puis réessayez.'
      : `Trop d’essais. Réessayez dans ${seconds} s.`,
  signInUnreachable: 'Le serveur ne répond pas. Vérifiez votre connexion, puis réessayez.',
  signInFailed: 'Un problème est survenu sur le serveur. Réessayez dans un instant.',
  signInMissing: 'Saisissez votre identifiant et votre mot de passe.',
  signInAgain: 'Veuillez vous reconnecter',
  textIsKept: 'Votre session a pris fin. Votre texte est conservé.',
  signOutFailed: 'La déconnexion a échoué, car le serveur ne répond pas.',

  account: (name) => `Compte de ${name}`,
  languageMenu: 'Langue',
  favorites: 'Favoris',
  notInList: 'Pas dans la liste',

  newConversation: 'Nouvelle conversation',
  chatWith: 'Discuter avec…',
  chat: 'Discuter',
  cancel: 'Annuler',
  peopleFound: (n) => count(n, { one: `${n} personne trouvée`, other: `${n} personnes trouvées` }),
  nobodyFound: (text) => `Personne ne correspond à «\u202F${text}\u202F»`,
  typeName: 'Saisir un nom',
  directorySilent: 'L’annuaire ne répond pas.',
  tryAgain: 'Réessayer',
  removeChip: (name) => `Retirer ${name} de la liste`,
  startFailed: 'La conversation n’a pas pu être créée.',

  conversations: 'Conversations',
  closeConversation: 'Fermer la conversation',
  unread: (n) => count(n, { one: `${n} message non lu`, other: `${n} messages non lus` }),
  participants: 'Participants',
  groups: groupWordsFr,
  back: 'Retour aux conversations',
  noConversation: 'Aucune conversation ouverte',
  noConversationHint: 'Choisissez quelqu’un dans la liste ou commencez une nouvelle conversation.',

  messages: 'Messages',
  startOfChat: (name) => `C’est le début de votre discussion avec ${name}.`,
  today: 'Aujourd’hui',
  yesterday: 'Hier',
  newMessages: 'Nouveaux',
  olderLoading: 'Chargement des messages précédents…',
  missedLoading: 'Chargement des messages manqués…',
  loadFailed: 'Les messages n’ont pas pu être chargés.',
  erased: 'Ce message a été effacé.',
  sending: 'Envoi…',
  waiting: 'En attente de connexion',
  notSent: 'Non envoyé.',
  retry: 'Réessayer',
  delete: 'Supprimer',
  ribbon: (author) => `${author}\u202F:`,
  ribbonLabel: (author, start, n) =>
    `${count(n, { one: `${n} nouveau message`, other: `${n} nouveaux messages` })}. ${author}\u202F: ${start}. Aller à la fin`,
  said: (author, text) => `${author}\u202F: ${text}`,
  manyNew: (n) => count(n, { one: `${n} nouveau message`, other: `${n} nouveaux messages` }),

  compose: 'Envoyer un message',
  send: 'Envoyer',
  roomLeft: (n) => count(n, { one: `${n} caractère restant`, other: `${n} caractères restants` }),
  tooLong: (n) =>
    count(n, {
      one: `${n} caractère de trop. Raccourcissez le message ou envoyez-le en plusieurs parties.`,
      other: `${n} caractères de trop. Raccourcissez le message ou envoyez-le en plusieurs parties.`,
    }),

  connecting: 'Connexion…',
  connectionLost: 'Connexion perdue.',
  tryingIn: (seconds) => `Nouvel essai dans ${seconds} s.`,
  tryNow: 'Réessayer',
  stillOffline: 'Toujours hors ligne. Vos messages sont conservés et seront envoyés.',
  backOnline: 'De nouveau en ligne',
  outdated: 'Cette page est plus ancienne que le serveur.',
  reload: 'Recharger',
  unreadTitle: 'Messages non lus',
  kept: 'Vos messages sont conservés et seront envoyés.',
  problems: problemsFr,
  message: messageWordsFr,
  ...peopleWordsFr,
};
