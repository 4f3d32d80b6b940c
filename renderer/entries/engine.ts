document.title = 'Deskbell engine';
