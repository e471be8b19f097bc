
const rows = [...document.querySelectorAll('[data-name]')]
const shown = document.getElementById('shown')
document.getElementById('filter').addEventListener('input', event => {
  const wanted = event.target.value.trim().toLowerCase()
  rows.forEach(row => { row.hidden = !row.dataset.name.toLowerCase().includes(wanted) })
  const left = document.querySelectorAll('tbody tr:not([hidden])').length
  shown.textContent = wanted ? left + ' of ' + document.querySelectorAll('tbody tr').length : ''
})
