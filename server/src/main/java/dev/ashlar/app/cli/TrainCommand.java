package dev.ashlar.app.cli;

import picocli.CommandLine.Command;

/// Starts, answers and stops once, so that the launcher can record which classes a start needs.
@Command(name = "train", hidden = true, description = "Used by the launcher after a build.")
final class TrainCommand implements Runnable {
    @Override
    public void run() {
        CommandLineTool.run("config");
    }
}
