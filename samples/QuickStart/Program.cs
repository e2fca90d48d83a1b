Console.WriteLine("CertAuth quick start");
