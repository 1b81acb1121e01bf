Adamant.Engine.NativeEngine.Start();
