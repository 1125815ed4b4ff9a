# Try an installer on Windows: install, prove itself, upgrade over itself, uninstall; nothing may stay but the user's data.
# try_installer.ps1 INSTALLER
param([Parameter(Mandatory)][string]$Installer)
$ErrorActionPreference = 'Stop'

$folder = Join-Path $env:LOCALAPPDATA 'Programs\Messenger Handover Wizard'
$console = Join-Path $folder 'handover-wizard-console.exe'
$listed = 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\MessengerHandoverWizard'

function Invoke-Silently([string]$Program) {
    $ended = Start-Process -FilePath $Program -ArgumentList '/S' -Wait -PassThru
    if ($ended.ExitCode -ne 0) { throw "$Program /S ended with $($ended.ExitCode)" }
}

foreach ($round in 'installed', 'upgraded') {
    Invoke-Silently $Installer
    if (-not (Test-Path $listed)) { throw "$round, but not listed under Apps" }
    & $console self-test --json
    if ($LASTEXITCODE -ne 0) { throw "$round, but the self-test ended with $LASTEXITCODE" }
}

$running = Start-Process -FilePath $console -ArgumentList 'simulator' -PassThru -WindowStyle Hidden
try {
    $refused = Start-Process -FilePath $Installer -ArgumentList '/S' -Wait -PassThru
    if ($refused.ExitCode -ne 3) { throw "while the program is open the installer ended with $($refused.ExitCode), not 3" }
} finally {
    Stop-Process -Id $running.Id
    $running.WaitForExit()
}

Invoke-Silently (Join-Path $folder 'uninstall.exe')
# The uninstaller goes on as a copy of itself, for it cannot remove a program that runs.
for ($waited = 0; (Test-Path $folder) -and $waited -lt 120; $waited++) { Start-Sleep -Milliseconds 500 }
if (Test-Path $folder) { throw "left behind: $(Get-ChildItem -Recurse -Name $folder)" }
if (Test-Path $listed) { throw 'still listed under Apps' }
'tried: install, upgrade, refused while open, uninstall'
