// Runs once, when MongoDB's data volume is made: the user that Parley signs in as, for its own database only.
db.getSiblingDB('parley').createUser({
  user: 'parley',
  pwd: process.env.MONGODB_PARLEY_PASSWORD,
  roles: [{ role: 'readWrite', db: 'parley' }],
});
