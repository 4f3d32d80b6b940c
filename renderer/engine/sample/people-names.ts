/** Names, places and departments of a company that does not exist. */

export const FIRST_NAMES = [
  'Amira', 'Anton', 'Beatriz', 'Bjarne', 'Carla', 'Chidi', 'Dalia', 'Emil', 'Elif', 'Farid', 'Greta', 'Hugo', 'Ines',
  'Ivo', 'Jasmin', 'Jonas', 'Karima', 'Kaspar', 'Lena', 'Luca', 'Maja', 'Mateo', 'Nadia', 'Nils', 'Olga', 'Oskar',
  'Paula', 'Pavel', 'Rania', 'Ruben', 'Sanna', 'Selim', 'Thea', 'Tomas', 'Ulla', 'Viktor', 'Wanda', 'Xenia', 'Yusuf', 'Zora',
] as const;

export const LAST_NAMES = [
  'Abidi', 'Andersen', 'Baumann', 'Castillo', 'Dvorak', 'Eriksen', 'Fontana', 'Gruber', 'Haddad', 'Ibsen', 'Jansen',
  'Kowalski', 'Lindqvist', 'Marino', 'Novak', 'Okafor', 'Petrov', 'Quist', 'Rossi', 'Schreiber', 'Tanaka', 'Ueda',
  'Vargas', 'Weiss', 'Yilmaz', 'Zeller', 'Bergstrom', 'Costa', 'Demir', 'Falk',
] as const;

export const SITES = ['Head office', 'Harbour warehouse', 'North plant', 'City branch', 'Research centre', 'South depot'] as const;

export const DEPARTMENTS = [
  'Sales', 'Purchasing', 'Accounting', 'Human resources', 'Logistics', 'Production', 'Quality', 'Marketing', 'Research', 'Legal',
] as const;

export const HANDLING_NOTES = [
  'Prefers to be called before ten.',
  'Works part time, Monday to Wednesday.',
  'Hard of hearing: write rather than call.',
  'Call the mobile, the desk phone is shared.',
] as const;
