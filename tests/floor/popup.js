document.querySelector('button').addEventListener('click', () => {
  document.querySelector('h1').textContent = 'Acted';
});
